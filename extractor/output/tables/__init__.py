"""Results of many reports as tables: Parquet, and one workbook; they are written as reports come in."""

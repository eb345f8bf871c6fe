"""The figures that people compare: indicators of a report, with what they rest on."""

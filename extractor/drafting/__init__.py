"""From unknown to known: a form drafted from reports, shown as a table, told apart from another one."""

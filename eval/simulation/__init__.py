"""A simulated model that errs, and the usual way of reading beside ours."""

"""Every write of the app, one module per group of verbs. All take the acting person as `by`,
run in one transaction and change nothing when they refuse."""

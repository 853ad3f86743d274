"""The tests: each mirrors a module of the program, and asserts what a user would notice."""

"""What people touch: the command line. Only here is anything printed, and only here are click and rich imported.

`cli` is the entry point and knows each command's name and one line of help; a command's module, and whatever it needs, is
imported when that command runs.
"""

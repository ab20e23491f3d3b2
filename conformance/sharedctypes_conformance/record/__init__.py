"""The published record: every backend that ships, judged on every interpreter that is here.

`environments` makes an environment for each interpreter, with the backends that can be installed
in it. `command` has them judged and writes a report for each interpreter into a folder, without the
names of this machine (`anonymous`). `page` makes what is read of them: a page with all that was
found, and the table of the README.
"""

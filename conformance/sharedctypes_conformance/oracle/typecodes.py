"""The typecodes, as the documentation has them.

`c` is c_char, as the worked example uses it; the others are those of the `array` module, each with
the C type that its table names. `w` of the `array` module is excluded by the documentation.
"""

TYPECODES = {
    "c": "c_char",
    "u": "c_wchar",
    "b": "c_byte",
    "B": "c_ubyte",
    "h": "c_short",
    "H": "c_ushort",
    "i": "c_int",
    "I": "c_uint",
    "l": "c_long",
    "L": "c_ulong",
    "q": "c_longlong",
    "Q": "c_ulonglong",
    "f": "c_float",
    "d": "c_double",
}

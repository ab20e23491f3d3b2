"""ctypes types as a program writes them: with a class for each structure, in the main module."""

from __future__ import annotations

from ..actors.runtime.type_names import Shape, read


class Types:
    """The types that a script uses; `definitions` are those of its classes."""

    def __init__(self) -> None:
        self.imports: set[str] = set()
        self.definitions: list[str] = []
        # The names of classes in the script by those that they have in the evidence.
        self.names: dict[str, str] = {}

    def code(self, name: str) -> str:
        """Return a type as an expression."""
        return self._code(read(name))

    def in_text(self, text: str) -> str:
        """Return a text of the evidence with the names that its types have in the script."""
        for name in sorted(self.names, key=len, reverse=True):
            text = text.replace(name, self.names[name])
        return text

    def _code(self, shape: Shape) -> str:
        if shape.kind == "array":
            inner = self._code(shape.element)
            return f"{inner} * {shape.length}"
        if shape.kind == "pointer":
            self.imports.add("POINTER")
            return f"POINTER({self._code(shape.element)})"
        if shape.kind == "simple" and shape.name == shape.base:
            self.imports.add(shape.name)
            return shape.name
        if shape.name not in self.names:
            self._define(shape)
        return self.names[shape.name]

    def _define(self, shape: Shape) -> None:
        lines = []
        if shape.kind == "simple":
            base, word = self._code(read(shape.base)), "Subclass"
        else:
            word = shape.kind.capitalize() if shape.kind == "union" else "Structure"
            base = f"BigEndian{word}" if shape.bigendian else word
            if shape.extends:
                base = self._code(shape.extends)
            else:
                self.imports.add(base)
            if shape.pack:
                lines += [f"_pack_ = {shape.pack}", '_layout_ = "ms"']
            if shape.anonymous:
                lines.append(f"_anonymous_ = {tuple(shape.anonymous)!r}")
            fields = [
                f"({name!r}, {self._code(inner)}{f', {width}' if width else ''})"
                for name, inner, width in shape.fields
            ]
            lines.append(f"_fields_ = [{', '.join(fields)}]")
        own = f"{word}{1 + sum(name.startswith(word) for name in self.names.values())}"
        self.names[shape.name] = own
        body = "\n".join(f"    {line}" for line in lines or ["pass"])
        self.definitions.append(f"class {own}({base}):\n{body}")

"""The smallest theme that Word accepts: house colours, no gradients; styles never refer to its fonts."""

from __future__ import annotations

from reportgen.house import House
from reportgen.render.docx.markup import DECLARATION, escape

_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350">{_FILL}</a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme(house: House) -> bytes:
    """word/theme/theme1.xml."""
    colours = house.colours
    named = {
        "dk1": colours.black,
        "lt1": "#FFFFFF",
        "dk2": colours.blue,
        "lt2": colours.shade,
        "accent1": colours.blue,
        "accent2": colours.red,
        **{f"accent{n + 2}": colour for n, colour in enumerate(colours.heat[1:], 1)},
        "hlink": colours.blue,
        "folHlink": colours.grey,
    }
    scheme = "".join(f"<a:{name}><a:srgbClr val='{value[1:]}'/></a:{name}>" for name, value in named.items())
    font = house.role("body").word
    latin = f'<a:latin typeface="{escape(font.ascii)}"/><a:ea typeface="{escape(font.east)}"/><a:cs typeface=""/>'
    formats = (
        f"<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>"
        f"<a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
    )
    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="reportgen">'
        f'<a:themeElements><a:clrScheme name="reportgen">{scheme}</a:clrScheme><a:fontScheme name="reportgen">'
        f"<a:majorFont>{latin}</a:majorFont><a:minorFont>{latin}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="reportgen">{formats}</a:fmtScheme></a:themeElements></a:theme>'
    ).encode()

"""Lines that belong to the web page, not to the document: paths, buttons, counters, names of images, links to others.

Lines that hold the date or source of publication stay; of those only the visitor count goes. A line is taken out only
if all of it is furniture; 大, 中, 小 and the like only beside such lines. Wrong where a document quotes a button.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .edits import Edit

_LONGEST = 80
_BUTTON = (
    "打印本页|打印|关闭窗口|关闭|下载|全屏|收藏|返回顶部|返回首页|返回列表|返回|分享到|分享|TOP|Top|首页|详情|正文|"
    "加入收藏|设为首页|我要纠错|纠错|无障碍阅读|朗读|手机版|微信|微博|QQ空间|默认"
)
_SURE = re.compile(
    rf"(?:(?:{_BUTTON})[:： |｜·]*)+"
    "|(?:您?(?:现在的?|当前的?|所在的?)位置|你现在的位置)[^，。；]{0,60}"
    r"|首页 ?[>＞»›/→][^，。；]{0,60}"
    r"|[\w\-. ()（）]{1,60}\.(?:jpe?g|JPE?G|png|PNG|gif|bmp|webp)"
    r"|[【\[]? ?(?:字[体号]|字体大小)[:：]? ?(?:[大中小] ?)*[】\]]?"
    r"|[【\[]?附件下载[】\]]?|相关(?:附件|链接|报道|新闻|阅读|文章|稿件)[:：]?(?:>>|》)?"
    "|扫一扫[^，。；]{0,20}|用?微信扫[^，。；]{0,30}|点击查[阅看]更多[^，。；]{0,40}"
    "|(?:上|下)一[篇条][:：][^。；]{0,60}|(?:责任)?编辑[:：] ?[^，。；\\d]{0,12}"
    r"|(?:浏览|阅读|点击|访问)(?:次数|量|数)?[:：] ?\d{0,9} ?次?"
    r"|[0-9a-f]{32}:?|[^，。；]{0,30}ICP备\d{6,12}号[^，。；]{0,20}|网站标识码[^，。；]{0,30}"
)
_WEAK = re.compile("[大中小】【\\[\\]|]|加大|还原|减小|放大|缩小|来源[:：]?|\\[ ?\\]")
_COUNTER = re.compile(r"[ \t]*(?:浏览|阅读|点击|访问)(?:次数|量|数)[:：] ?\d{0,9} ?次?")
_DATED = re.compile("发布|来源|时间|日期")
_LINE = re.compile(r"[^\n]+")


def drop_furniture(text: str) -> Iterator[Edit]:
    """Navigation paths, buttons, visitor counts, image names and links of the page are taken out, dates stay."""
    kinds: list[str] = []
    lines = [line for line in _LINE.finditer(text) if not line[0].isspace()]
    for line in lines:
        plain = line[0].strip()
        kinds.append(_kind(plain) if len(plain) <= _LONGEST else "text")
    _spread(kinds, range(len(kinds)), -1)
    _spread(kinds, range(len(kinds) - 1, -1, -1), 1)
    for line, kind in zip(lines, kinds, strict=True):
        if kind == "sure":
            yield Edit(line.start(), line.end(), "")
        elif kind == "dated":
            counter = _COUNTER.search(text, line.start(), line.end())
            if counter:
                yield Edit(counter.start(), counter.end(), "")


def _kind(line: str) -> str:
    if _SURE.fullmatch(line):
        return "sure"
    if _WEAK.fullmatch(line):
        return "weak"
    return "dated" if _DATED.search(line) else "text"


def _spread(kinds: list[str], order: range, neighbour: int) -> None:
    """A weak line beside furniture is furniture; `order` is walked, the line at `neighbour` decides."""
    for index in order:
        beside = index + neighbour
        if kinds[index] == "weak" and 0 <= beside < len(kinds) and kinds[beside] == "sure":
            kinds[index] = "sure"

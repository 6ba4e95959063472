"""The style sheet of a briefing in html: colours of the house, one column on a phone, A4 in print."""

from __future__ import annotations

from string import Template

from reportgen.house import House

# What readers' machines have: nothing is fetched, so the fonts of the reader stand in for the shipped ones.
_SONG = '"Noto Serif SC","Source Han Serif SC","Songti SC","STSong","SimSun",serif'
_HEI = '"Noto Sans SC","Source Han Sans SC","PingFang SC","Microsoft YaHei","SimHei",sans-serif'
_KAI = '"LXGW WenKai","Kaiti SC","STKaiti","KaiTi",serif'

_SHEET = Template("""
*{box-sizing:border-box}
body{margin:0;background:#fff;color:$black;font:17px/1.7 $song;text-size-adjust:100%;-webkit-text-size-adjust:100%}
main{max-width:46rem;margin:0 auto;padding:1.2rem}
a{color:inherit;text-decoration:none}
a:hover,a:focus{text-decoration:underline}
a:target,:target{background:$shade}
.masthead{border-bottom:3px solid $red;padding-bottom:.3rem}
.masthead+.second{border-top:1px solid $red;margin-top:2px}
.logo{float:right;max-width:4rem;max-height:4rem}
.masthead .class{font:700 .8rem $hei}
.masthead .name{font:900 2.6rem/1.2 $song;font-size:clamp(2.2rem,9vw,4rem);color:$red;text-align:center;
letter-spacing:.12em;margin:.4rem -.12em .2rem 0}
.masthead .issue{text-align:center}
.row{display:flex;justify-content:space-between;gap:1rem;flex-wrap:wrap}
h1{font:900 1.5rem/1.4 $song;text-align:center;text-wrap:balance;margin:1.6rem 0 .4rem}
.provenance{text-align:center;font-family:$kai;margin:0 0 1.2rem}
.provenance .number{font-family:$song}
h2,h3,h4{font-family:$hei;font-weight:700;line-height:1.4;
display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:0 1rem}
h2{font-size:1.2rem;border-bottom:1px solid $blue;padding-bottom:.2rem;margin:1.8rem 0 .6rem}
h3{font-size:1.05rem;margin:1.4rem 0 .4rem}
h4{font-size:1rem;margin:1.2rem 0 .3rem}
.aside{font:400 .78rem $hei;color:$grey}
.key{background:$shade;border-top:2px solid $black;border-bottom:1px solid $black;padding:.8rem 1rem;margin:1rem 0}
.key h2{border:0;margin:0 0 .3rem;padding:0;font-size:1.05rem}
.key dl{margin:0;display:grid;grid-template-columns:5.2em 1fr;gap:.3rem .8rem}
.key dt{font:700 .95rem/1.8 $hei;width:4.2em;text-align-last:justify}
.key dd{margin:0}
.cards{list-style:none;margin:1.2rem 0;padding:0;display:grid;gap:.9rem;
grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr))}
@media(min-width:40rem){.cards{grid-template-columns:repeat(3,1fr)}.cards.four{grid-template-columns:repeat(4,1fr)}}
.card{border-top:3px solid $blue;border-bottom:1px solid $rule;padding:.4rem 0;font-family:$hei}
.card.t{border-top:2px dashed $blue}
.card .row{flex-wrap:nowrap;gap:.3rem;align-items:flex-end}.card .name{font-weight:700;font-size:.9rem;min-width:0}
.card .row>.mark,.card .beside{flex:none;padding-bottom:.3rem}
.card .big{font-size:1.8rem;font-weight:700;color:$blue;line-height:1.3}
.card.t .big{font-weight:400}
.card .unit{font-size:.9rem}
.card .beside{text-align:right;color:$blue;font-weight:700}
.card .label{display:block;text-align:right;height:.5rem;line-height:1}
.card small,.card .mark{font-size:.72rem;color:$grey}
p{margin:.3rem 0;text-align:justify;text-indent:2em}
p.flush,p.note,p.legend{text-indent:0}
p.list{text-indent:0;padding-left:2em}
p.note,p.legend,.notes{font:400 .78rem/1.6 $hei;color:$grey}
p.legend{border-top:1px solid $rule;padding-top:.2rem;margin-top:1rem}
.actual,.target,.number{font-family:$hei;color:$blue;font-size:.96em}
p .number,dd .number{font:inherit;color:inherit}
.actual{font-weight:700}
.target{text-decoration:underline;text-underline-offset:.2em}
.whole{white-space:nowrap}
.strong{font-family:$hei;font-weight:700}
p.legend .strong{color:$black}
.kai{font-family:$kai}
.muted{font-family:$hei;font-size:.85em;color:$grey}
.alert{font-family:$hei;font-weight:700;color:$red}
.mark{font:400 .62em $hei;color:$grey;vertical-align:.5em}
.card .mark,td .mark,.aside .mark,.sub .mark{font-size:.8em;vertical-align:baseline}
figure,.table{margin:1.2rem 0}
.caption{font:700 .92rem/1.4 $hei;margin:0;text-indent:0;text-align:left}
.caption b{color:$blue;margin-right:.8em}
.sub{font:400 .78rem/1.5 $hei;color:$grey}
svg{display:block;width:100%;height:auto;margin-top:.4rem}
svg{min-width:27rem}
svg text{white-space:pre}
.dot{font-style:normal;font-size:.7em;color:$blue;vertical-align:.12em;margin-right:.1em}
svg .song,svg .song-black{font-family:$song}
svg .hei,svg .hei-bold{font-family:$hei}
svg .kai{font-family:$kai}
svg .song-black{font-weight:900}
svg .hei-bold{font-weight:700}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font:400 .84rem/1.45 $hei;
border-top:1.5px solid $black;border-bottom:1.5px solid $black;margin:.3rem 0}
th{font-weight:700;text-align:left;border-bottom:1px solid $black;padding:.25rem .3rem;vertical-align:middle}
td{border-bottom:1px solid $hairline;padding:.2rem .25rem;vertical-align:top;overflow-wrap:break-word}
td .target{text-decoration:none}
td .running .target{text-decoration:underline}
.right{text-align:right}
.centre{text-align:center}
.shaded{background:$shade;border-left:1px solid $rule;border-right:1px solid $rule}
$heat
.evidence{font-size:.84rem;line-height:1.55;margin:.6rem 0}
.evidence h3{font-size:.84rem;margin:.4rem 0}
.evidence ol{list-style:none;margin:0;padding:0;border-top:1px solid $black;border-bottom:1px solid $black}
.evidence li{border-bottom:1px solid $hairline;padding:.1rem 0 .1rem 3.6em;text-indent:-3.6em;break-inside:avoid}
.evidence li>a:first-child,.evidence li>b{display:inline-block;width:3.6em;text-indent:0;
font:700 .95em $hei;color:$blue}
.evidence .source{color:$grey;white-space:nowrap;text-decoration:underline}
.evidence .actual,.evidence .target,.evidence .number{color:inherit;font-weight:700;text-decoration:none}
.end{border-top:2px solid $black;border-bottom:2px solid $black;margin:2rem 0 0}
.end>div{padding:.3rem 1em}
.end>div+div{border-top:1px solid $black}
@media (min-width:44rem){.evidence ol{columns:2;column-gap:1.2rem}}
@media (max-width:30rem){body{font-size:16px}.key dl{grid-template-columns:1fr;gap:0}.key dt{margin-top:.4rem}}
@media print{.source{display:none}@page{size:A4;margin:${top}mm ${right}mm ${bottom}mm ${left}mm}body{font-size:12pt}
main{max-width:none;padding:0}
h2,h3,h4,.caption,.sub{break-after:avoid}figure,.card,tr,.key{break-inside:avoid}thead{display:table-header-group}.new-page{break-before:page}.scroll{overflow:visible}}
""")


def style_sheet(house: House) -> str:
    """CSS of a page in this house style."""
    colours, margins = house.colours, house.page.margins
    heat = "".join(
        f"td.h{index}{{background:{colour}{';color:#fff' if index > 2 else ''}}}"
        f"{f'td.h{index} *{{color:#fff}}' if index > 2 else ''}"
        for index, colour in enumerate(colours.heat)
        if index
    )
    return _SHEET.substitute(
        red=colours.red,
        blue=colours.blue,
        black=colours.black,
        grey=colours.grey,
        rule=colours.rule,
        hairline=colours.hairline,
        shade=colours.shade,
        heat=heat,
        song=_SONG,
        hei=_HEI,
        kai=_KAI,
        top=margins.top,
        right=margins.right,
        bottom=margins.bottom,
        left=margins.left,
    )

#include "html/parts.hpp"

namespace theriac::detail {

// A block that names a colour and a background is held to a contrast of 4.5 by tests/golden/report/check_html.py; one that names a colour alone, on
// white and on the lightest grey.
const std::string_view page_style = R"(
*{box-sizing:border-box}
html{color-scheme:light;-webkit-text-size-adjust:100%}
body{margin:0 auto;padding:1rem 1.25rem 3rem;max-width:66rem;font:16px/1.5 system-ui,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;color:#1b1f24;background:#ffffff;overflow-wrap:break-word}
h1{font-size:1.5rem;margin:.2rem 0}
h2{font-size:1.2rem;margin:2rem 0 .5rem;padding-top:.5rem;border-top:2px solid #d0d7de}
h3{font-size:1.05rem;margin:1.25rem 0 .4rem}
p{margin:.3rem 0}
ul{margin:.3rem 0;padding-left:1.3rem}
a{color:#0b4f8a;overflow-wrap:anywhere}
a:focus,summary:focus,div:focus{outline:3px solid #0b4f8a;outline-offset:2px}
.skip{position:absolute;left:-999rem}
.skip:focus{position:static}
nav ul{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin:.6rem 0 0}
nav a{display:inline-block;padding:.15rem 0}
.who{font-size:1.05rem}
.counts{font-weight:600}
.small{font-size:.9rem;color:#3d444d}
.loud{border:3px solid #8f1d14;border-radius:4px;padding:.5rem .8rem;margin:.8rem 0}
.loud h2{border:0;margin:0;padding:0;color:#8f1d14}
.doubt{border:2px dashed #7a5200;border-radius:4px;padding:.4rem .8rem;margin:.8rem 0}
.badge{display:inline-block;font-size:.85rem;font-weight:700;white-space:nowrap;padding:.05rem .5rem;border-radius:3px;border:1px solid #57606a}
.worst{color:#8f1d14;background:#fdecea;border:2px solid #8f1d14}
.middle{color:#6b4700;background:#fff4dc;border:1px solid #7a5200}
.least{color:#3d444d;background:#f3f5f7}
.group{border-left:4px solid #d0d7de;padding:0 0 .2rem .9rem;margin:1rem 0}
.group.is-worst{border-left:6px solid #8f1d14}
.group.is-middle{border-left:6px double #7a5200}
.group h3{margin-top:0}
.found{list-style:none;padding:0}
.found>li{margin:.55rem 0}
.glance{padding-left:1.4rem}
.glance li{margin:.4rem 0}
.ref{font-weight:700;display:inline-block;min-width:2.2rem}
.drugs{font-weight:600}
.under{margin-left:2.2rem;color:#3d444d}
.note{color:#3d444d;font-size:.92em}
.do{margin:.5rem 0;padding:.4rem .8rem;color:#1b1f24;background:#f3f5f7;border-radius:4px}
.do h4{margin:.2rem 0;font-size:.95em}
details{margin:.25rem 0}
details.section{margin:.6rem 0}
summary{cursor:pointer;color:#0b4f8a}
.tree{font-size:.93em;padding-left:1.1rem}
.tree .tree{font-size:1em}
.place{color:#57606a;font-size:.9em;overflow-wrap:anywhere}
.wide{overflow-x:auto;margin:.6rem 0}
table{border-collapse:collapse;width:100%}
caption{text-align:left;font-weight:600;padding:.2rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #d0d7de}
thead th{color:#1b1f24;background:#f3f5f7}
tbody th{font-weight:600}
.lit{max-width:100%;height:auto}
@media screen and (max-width:48rem){.lit{max-width:none}}
.patient{border:1px solid #57606a;border-radius:6px;padding:.2rem 1.2rem 1rem;margin-top:2.5rem;font-size:1.05rem}
.patient h2{border:0;margin-top:1rem}
.patient .first{border:2px solid #1b1f24;border-radius:4px;padding:.5rem .8rem;font-weight:600}
@media (max-width:40rem){body{padding:.6rem .8rem 2rem}.under{margin-left:.6rem}.group{padding-left:.6rem}th,td{padding:.3rem .4rem}}
@media print{
@page{margin:15mm}
body{max-width:none;padding:0;font-size:10.5pt;line-height:1.4}
nav,.skip{display:none}
a{color:#1b1f24;text-decoration:none}
summary{list-style:none}
details:not(.aside)::details-content{content-visibility:visible;display:block;block-size:auto}
.wide{overflow:visible}
.lit{max-height:18cm;break-inside:avoid}
.group>h3,h2,h3,h4,summary{break-after:avoid}
.found>li>p,tr,.do,.loud{break-inside:avoid}
details{font-size:9pt}
.patient{break-before:page;border:0;padding:0;font-size:12pt}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}
)";

}  // namespace theriac::detail

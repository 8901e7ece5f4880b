// How a report's page looks. Text has a contrast of 4.5 at least; shades get darker with the value,
// so that they are apart without colours and in print; what is confidential or missing has no
// colour.
#pragma once

namespace puente::gateway::reports {

inline constexpr char kStyle[] = R"css(
:root{--ink:#1a2430;--soft:#4a5765;--line:#d5dbe1;--faint:#f4f6f8;--deep:#143b33;--gold:#c8a668;
--bar:#1f6f8b;--other:#6d7f8c;--link:#0b5563}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:#fff;color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",
Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif;overflow-wrap:anywhere}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:3px solid #b35900;outline-offset:2px}
.skip{position:absolute;left:-999px;top:0;background:#fff;padding:.6rem 1rem;z-index:1}
.skip:focus{left:0}
.inner{max-width:52rem;margin:0 auto;padding:0 1rem}
.generated{background:#fff3cd;border-bottom:4px solid #8a5a00;color:#4d3200}
.generated p{margin:0;padding:.8rem 0;font-weight:600}
header{background:var(--deep);color:#fff;border-bottom:5px solid var(--gold);padding:1.5rem 0 1.8rem}
header a{color:#fff}
.over{display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;justify-content:space-between;margin:0 0 1.4rem;
font-size:.875rem}
.over span:first-child{letter-spacing:.04em;color:#f0dfbd}
h1{font:600 clamp(1.6rem,5vw,2.4rem)/1.15 Georgia,"Iowan Old Style","Liberation Serif",serif;margin:0 0 .8rem;
text-wrap:balance}
.lead{font-size:1.06rem;line-height:1.5;margin:0;max-width:44rem;white-space:pre-line;color:#eef3f1}
.facts{display:flex;flex-wrap:wrap;gap:.6rem 2.2rem;margin:1.3rem 0 0;font-size:.875rem}
.facts div{min-width:6rem}
.facts dt{color:#f0dfbd}
.facts dd{margin:0;font-weight:600}
h2{font:600 1.5rem/1.25 Georgia,"Iowan Old Style","Liberation Serif",serif;margin:0 0 .5rem;
text-wrap:balance}
h3{font-size:1.08rem;line-height:1.3;margin:0 0 .25rem}
section{padding:2.2rem 0 .4rem}
section+section{border-top:1px solid var(--line)}
nav{margin:1.8rem 0 1.6rem}
nav ol{margin:0;padding-left:1.3rem}
.pair{max-width:34rem}
.note{color:var(--soft);margin:0 0 1rem;white-space:pre-line;max-width:44rem}
figure{margin:1.6rem 0 2.2rem}
.says{margin:0 0 .9rem;max-width:44rem}
svg{display:block;overflow:visible;font-family:inherit}
svg text{fill:var(--ink);font-size:13px}
.bars,.lines{max-width:44rem}
.tiles{height:282px;max-width:44rem;margin:.3rem 0 .9rem}
.base{stroke:#1a2430;stroke-width:1}
.grid{stroke:#dfe4e8;stroke-width:1}
svg .tick{fill:var(--soft);font-size:12px;text-anchor:middle;font-variant-numeric:tabular-nums}
svg .tick.from{text-anchor:start}
svg .tick.to{text-anchor:end}
.bar{fill:var(--bar)}
.bar.other{fill:var(--other)}
svg .value{font-weight:600;font-variant-numeric:tabular-nums}
svg .value.mark{font-weight:400;fill:var(--soft)}
svg .value.over{text-anchor:middle;paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
svg .value.over.from{text-anchor:start}
svg .value.over.to{text-anchor:end}
.minor{display:none}
svg .name{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-linejoin:round}
.line{stroke:var(--bar);stroke-width:2.5;stroke-linecap:round}
.dot{fill:#fff;stroke:var(--bar);stroke-width:2.5}
.hatch-ground{fill:#fff}
.hatch-line{fill:#7a8794}
.confidential{stroke:#5b6874;stroke-width:1}
.missing{fill:#fff;stroke:#5b6874;stroke-width:1;stroke-dasharray:3 3}
.inapplicable{fill:#eceff2}
.label-ground{fill:#fff}
.tile{stroke:#5b6874;stroke-width:.75}
.tile.c0{fill:#fff}.tile.c1{fill:#d9ecf0}.tile.c2{fill:#a9d2dc}.tile.c3{fill:#6db1c2}
.tile.c4{fill:#23758f}.tile.c5{fill:#0d4257}
svg .state,svg .tiles .value{text-anchor:middle}
.tiles text{text-anchor:middle;font-size:10px}
.tiles .state{font-weight:400}
svg .on-dark{fill:#fff}
.legend{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;list-style:none;margin:.6rem 0 0;padding:0;
font-size:.875rem;color:var(--soft)}
.swatch{display:inline-block;width:1.5em;height:1em;margin-right:.4em;vertical-align:-.12em;
border:1px solid #5b6874}
.swatch.c0{background:#fff}.swatch.c1{background:#d9ecf0}.swatch.c2{background:#a9d2dc}
.swatch.c3{background:#6db1c2}.swatch.c4{background:#23758f}.swatch.c5{background:#0d4257}
.swatch.confidential{background:repeating-linear-gradient(135deg,#7a8794 0 2px,#fff 2px 6px)}
.swatch.missing{border-style:dashed;background:#fff}
.swatch.inapplicable{background:#eceff2;border-color:#eceff2}
.swatch.told{background:var(--bar)}
details{margin:1rem 0 0}
summary{cursor:pointer;font-weight:600;padding:.35rem 0;color:var(--link)}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);padding:.3rem 0 .5rem}
th,td{padding:.34rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;
overflow-wrap:break-word}
th:first-child,td:first-child{padding-left:0}
thead th{border-bottom:2px solid var(--ink)}
tbody th{font-weight:400}
tfoot th,tfoot td{border-bottom:0;border-top:2px solid var(--ink);font-weight:600}
.number{text-align:right;white-space:nowrap}
thead .number{white-space:normal}
td.hidden{color:var(--soft);font-style:italic}
.marks{display:grid;gap:.6rem 2rem;margin:0;padding:0;list-style:none}
.marks b{font-weight:600}
.files{font-size:.9rem;color:var(--soft)}
code{font:.82em ui-monospace,"Cascadia Mono","Liberation Mono",Menlo,monospace;overflow-wrap:anywhere}
.sources td,.sources th{min-width:6.5rem}
.sources .digest{min-width:13rem}
.sources td:nth-child(2){min-width:10rem}
footer{margin-top:2.5rem;padding:1.2rem 0 2.5rem;border-top:1px solid var(--line);font-size:.875rem;
color:var(--soft)}
@media (min-width:44rem){
.marks{grid-template-columns:1fr 1fr}
.tiles{height:420px}
.tiles text{font-size:13.5px}
.minor{display:inline}
.narrow{display:none}
}
@media print{
@page{size:A4;margin:16mm 15mm}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{font-size:10pt}
.inner{max-width:none;padding:0}
header .inner,.generated .inner{padding:0 6mm}
.skip,nav,header .other,summary{display:none}
section{padding:1.2rem 0 .2rem}
h2,h3,caption,.note{break-after:avoid}
.chart,tr,li,p{break-inside:avoid}
thead{display:table-header-group}
tfoot{display:table-row-group}
.wide{overflow:visible}
a{color:inherit}
.tiles{height:330px}
.tiles text{font-size:11px}
.minor{display:inline}
.narrow{display:none}
}
)css";

}  // namespace puente::gateway::reports

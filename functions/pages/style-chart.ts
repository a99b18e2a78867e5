/** The charts and their keys. */
export const chartStyles = `.chart{margin:0}
.chart .scroll svg{display:block;width:100%;min-width:46rem;height:auto}
.chart text{font-size:12px;fill:var(--ink)}
.chart text.critical{font-weight:700}
.chart .axis text{font-size:11px;fill:var(--quiet)}
.row-line{stroke:var(--grid);stroke-width:1;fill:none}
.grid{stroke:var(--grid);stroke-width:1;fill:none}
.chart path.base{fill:var(--chart-base)}
.chart path.done{fill:var(--fact)}
.chart path.todo{fill:var(--ahead);stroke:var(--fact);stroke-width:1}
.chart path.critical{fill:var(--red);stroke:var(--ink);stroke-width:.6}
.chart path.float{stroke:var(--quiet);stroke-width:1.2;stroke-dasharray:2 2;fill:none}
.chart path.gem{stroke:var(--paper);stroke-width:.8}
.chart path.todo.gem{fill:var(--paper);stroke:var(--fact);stroke-width:1.6}
.data-date path{stroke:var(--blue);stroke-width:1.6}
.required path{stroke:var(--bad);stroke-width:1.6;stroke-dasharray:5 3}
.chart .data-date text{fill:var(--blue);font-weight:600}
.chart .required text{fill:var(--bad);font-weight:600}
.chart path.make-up{stroke:var(--yellow-edge);stroke-width:1.4;fill:none}
.chart path.late{fill:var(--red);stroke:var(--ink);stroke-width:.6}
.limit{stroke:var(--bad);stroke-width:2;fill:none}
.due{stroke:var(--quiet);stroke-width:1;stroke-dasharray:1 3;fill:none}
.trend{stroke:var(--chart-base);stroke-width:1;fill:none;opacity:.7}
.trend.named{stroke:var(--fact);stroke-width:1.8;opacity:1}
.trend.opening{stroke:var(--ink);stroke-width:3;opacity:1}
.planned-line,.done-line,.forecast-line{fill:none;stroke-width:2;stroke:var(--chart-base)}
.done-line{stroke:var(--fact);stroke-width:3}
.forecast-line{stroke:var(--fact);stroke-dasharray:5 4}
.fan{fill:var(--ahead);opacity:.5}
.twin{font-size:.8125rem}
.twin th{font-weight:400}
details{margin:.25rem 0 .75rem}
figcaption{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.8125rem;color:var(--quiet);padding:.4rem 0}
figcaption span{display:inline-flex;gap:.4em;align-items:center}`

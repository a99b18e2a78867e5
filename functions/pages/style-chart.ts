/** The bar chart and its key. */
export const chartStyles = `.gantt{margin:0}
.gantt .scroll svg{display:block;width:100%;min-width:46rem;height:auto}
.gantt text{font-size:12px;fill:var(--ink)}
.gantt text.critical{font-weight:700}
.gantt .axis text{font-size:11px;fill:var(--quiet)}
.row-line{stroke:var(--grid);stroke-width:1;fill:none}
.grid{stroke:var(--grid);stroke-width:1;fill:none}
.gantt path.base{fill:var(--chart-base)}
.gantt path.done{fill:var(--fact)}
.gantt path.todo{fill:var(--ahead);stroke:var(--fact);stroke-width:1}
.gantt path.critical{fill:var(--red);stroke:var(--ink);stroke-width:.6}
.gantt path.float{stroke:var(--quiet);stroke-width:1.2;stroke-dasharray:2 2;fill:none}
.gantt path.gem{stroke:var(--paper);stroke-width:.8}
.gantt path.todo.gem{fill:var(--paper);stroke:var(--fact);stroke-width:1.6}
.data-date path{stroke:var(--blue);stroke-width:1.6}
.required path{stroke:var(--bad);stroke-width:1.6;stroke-dasharray:5 3}
.gantt .data-date text{fill:var(--blue);font-weight:600}
.gantt .required text{fill:var(--bad);font-weight:600}
figcaption{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;font-size:.8125rem;color:var(--quiet);padding:.4rem 0}
figcaption span{display:inline-flex;gap:.4em;align-items:center}`

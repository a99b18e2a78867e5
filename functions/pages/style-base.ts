/** What every page has: text, links and focus, the banner, the marks, forms, the footer. */
export const baseStyles = `*{box-sizing:border-box}
html{font:100%/1.55 var(--font);color:var(--ink);background:var(--ground);-webkit-text-size-adjust:100%;scroll-padding-top:1rem}
body{margin:0 auto;max-width:76rem;padding:0 1.25rem 3rem;overflow-wrap:break-word}
h1{font-size:1.125rem;margin:0;font-weight:600;overflow-wrap:anywhere}
.report h1,.api h1{margin-top:1.25rem}
h2{font-size:1.0625rem;margin:2.25rem 0 .6rem;font-weight:600}
h3{font-size:1rem;margin:1.25rem 0 .4rem}
p,ul,ol,dl,figure{margin:0 0 .75rem}
a{color:var(--link);text-underline-offset:.18em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:2px}
main:focus,.filter:focus,.answer:focus{outline:0}
small{font-size:.8125rem;color:var(--quiet)}
i{font-style:normal;font-size:.75rem;color:var(--quiet);border:1px solid var(--line);border-radius:3px;padding:0 .25em;white-space:nowrap}
code{font-family:var(--mono);font-size:.875em}
pre{overflow-x:auto;background:var(--paper);border:1px solid var(--line);border-radius:6px;padding:.75rem 1rem;margin:0 0 1rem;line-height:1.45}
time{white-space:nowrap}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:1rem;top:-4rem;background:var(--paper);padding:.5rem 1rem;z-index:2}
.skip:focus{top:.5rem}
.good{color:var(--good)}
.bad,.late{color:var(--bad)}
.banner{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;justify-content:space-between;padding:.9rem 0;border-bottom:1px solid var(--line)}
.banner ul,.path ul,.plain,.counts,.endangered,.week,.rules,.checks,.history,.history ul{list-style:none;padding:0;margin:0}
.banner ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem}
.site{font-weight:600;color:var(--ink);text-decoration:none}
[aria-current]{color:var(--ink);text-decoration:none;border-bottom:2px solid var(--ink)}
.marks{display:flex;flex-wrap:wrap;gap:.25rem .75rem;padding:.6rem 0;font-size:.875rem}
.marks p{margin:0;padding:.1rem .6rem;border:1px solid var(--line);border-radius:4px;background:var(--paper)}
.marks .mark-demo,.marks .mark-provisional,.marks .mark-clock{border:1px dashed var(--notice-line);background:var(--notice);color:var(--ink)}
.marks .outdated,.warning{border:2px solid var(--bad);color:var(--bad);font-weight:600}
.warning{padding:.5rem .75rem}
.marks [hidden]{display:none}
.old main{filter:grayscale(1)}
summary{cursor:pointer;color:var(--link);font-size:.9375rem}
.footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.8125rem;color:var(--quiet)}
form{max-width:44rem}
fieldset{border:0;padding:0;margin:0;min-width:0}
.field{margin:0 0 1rem}
label{display:block;font-weight:600}
input,select,textarea,button{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--control);border-radius:5px;padding:.45rem .6rem;max-width:100%}
input,select,textarea{width:100%;min-height:2.75rem}
[aria-invalid]{border:2px solid var(--bad)}
.error{margin:0;color:var(--bad);font-size:.875rem}
.error:empty{display:none}
button{padding:.6rem 1.25rem;min-height:2.75rem;cursor:pointer}
.primary{background:var(--link);border-color:var(--link);color:var(--paper);font-weight:600}
:disabled{opacity:.6;cursor:default}
@media(max-width:44rem){body{padding:0 .9rem 2rem}}`

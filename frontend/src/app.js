// Pages work without this file; it makes them quicker and keeps what was typed.
import "htmx.org/dist/htmx.esm.js";
import "htmx.org/dist/ext/hx-sse.js";
import "./scripts/confirm.js";
import "./scripts/focus.js";
import "./scripts/drafts.js";
import "./scripts/offline.js";

document.documentElement.classList.add("js");

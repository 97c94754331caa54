// Focus is never lost, and faults are never silent.

let somethingHadFocus = false;
document.addEventListener("htmx:before:swap", () => {
  somethingHadFocus = document.activeElement !== document.body;
});

// After a swap: to the error summary if there is one; if the focused element is gone, to the region's own fallback, else to <main>.
document.addEventListener("htmx:after:swap", () => {
  const summary = document.querySelector(".error-summary[data-focus]");
  if (summary) {
    summary.focus();
  } else if (somethingHadFocus && document.activeElement === document.body) {
    (document.querySelector("[data-focus-fallback]") ?? document.querySelector("main")).focus();
  }
});

// A whole page that came back with faults starts at their summary.
document.querySelector(".error-summary[data-focus]")?.focus();

document.addEventListener("htmx:error", () => {
  const english = document.documentElement.lang === "en";
  document.getElementById("live").textContent = english
    ? "It could not be sent. Check the connection and try again."
    : "Không gửi được. Kiểm tra kết nối rồi thử lại.";
});

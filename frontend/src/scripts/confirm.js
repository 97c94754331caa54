// Asks before an act that cannot be taken back. A native <dialog> traps focus, closes on Esc and gives focus back.

// htmx asks: elements with data-hx-confirm.
document.addEventListener("htmx:confirm", (event) => {
  const { ctx, issueRequest, dropRequest } = event.detail;
  if (!ctx.confirm) return;
  event.preventDefault();
  ask(ctx.confirm, () => issueRequest(), () => dropRequest?.());
});

// Plain forms ask: <form data-confirm="…">. Without this file the server shows a page that asks.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!question || form.dataset.confirmed) return;
  event.preventDefault();
  const { submitter } = event;
  ask(question, () => {
    form.dataset.confirmed = "yes";
    form.requestSubmit(submitter);
    delete form.dataset.confirmed;
  });
});

function ask(question, yes, no = () => {}) {
  const dialog = document.getElementById("confirm");
  const cameFrom = document.activeElement;
  dialog.querySelector("p").textContent = question;
  dialog.returnValue = "";
  dialog.showModal();
  dialog.addEventListener(
    "close",
    () => {
      cameFrom?.focus();
      if (dialog.returnValue === "ok") yes();
      else no();
    },
    { once: true },
  );
}

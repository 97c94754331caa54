// Forms that ask for it (data-draft="name") keep unsent text on this device for seven days.
// Files, passwords, hidden fields and anything inside data-no-draft are left out.

const SEVEN_DAYS = 7 * 24 * 60 * 60 * 1000;
const NEVER_KEPT = ["hidden", "password", "file", "submit", "button"];

for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = `draft:${form.dataset.draft}`;
  const fields = [...form.elements].filter(
    (field) => field.name && !NEVER_KEPT.includes(field.type) && !field.closest("[data-no-draft]"),
  );
  offer(form, fields, read(key));
  keep(form, fields, key);
}

// Only the receipt page says that a draft is done.
const receipt = document.querySelector("[data-draft-done]");
if (receipt) localStorage.removeItem(`draft:${receipt.dataset.draftDone}`);

// Never restores by itself: the visitor presses the button in [data-draft-note].
function offer(form, fields, draft) {
  const note = form.querySelector("[data-draft-note]");
  if (!draft || !note) return;
  note.hidden = false;
  note.querySelector("button").addEventListener("click", () => {
    for (const field of fields) {
      if (!(field.name in draft.values)) continue;
      const value = draft.values[field.name];
      if (isChoice(field)) field.checked = value.includes(field.value);
      else field.value = value;
    }
    note.hidden = true;
  });
}

function keep(form, fields, key) {
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const values = {};
      for (const field of fields) {
        if (!isChoice(field)) values[field.name] = field.value;
        else (values[field.name] ??= []).push(...(field.checked ? [field.value] : []));
      }
      try {
        localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
      } catch {
        // A full or forbidden store: the form works without its draft.
      }
    }, 600);
  });
}

function read(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    if (draft && Date.now() - draft.at < SEVEN_DAYS) return draft;
    localStorage.removeItem(key);
  } catch {
    // Unreadable: as if there were none.
  }
  return null;
}

function isChoice(field) {
  return field.type === "radio" || field.type === "checkbox";
}

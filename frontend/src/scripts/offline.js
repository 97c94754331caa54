// Forms that ask for it (data-offline="name") are kept on this device while there is no line, and say so.
// The version that was on the screen when typing began stays with the text: when somebody else saved in
// between, the server shows both values, and nobody silently wins.

const SEVEN_DAYS = 7 * 24 * 60 * 60 * 1000;

for (const form of document.querySelectorAll("form[data-offline]")) {
  const key = `offline:${form.dataset.offline}`;
  const state = form.querySelector("[data-sync]");
  const version = form.elements.namedItem("phien-ban");
  const fields = [...form.elements].filter((field) => field.name && !["hidden", "submit"].includes(field.type));
  const say = (word) => {
    state.hidden = false;
    state.textContent = state.dataset[word];
  };

  let kept = read(key);
  if (kept?.sent && fields.every((field) => valueOf(field) === kept.values[field.name])) {
    // The answer to what was sent holds it: it arrived.
    localStorage.removeItem(key);
    kept = null;
  }
  if (kept) {
    for (const field of fields) put(field, kept.values[field.name]);
    const changed = kept.version !== version.value;
    version.value = kept.version;
    say(changed ? "changed" : navigator.onLine ? "kept" : "away");
  } else if (!navigator.onLine) say("away");

  form.addEventListener("input", () => {
    write(key, { version: version.value, values: Object.fromEntries(fields.map((field) => [field.name, valueOf(field)])) });
    say(navigator.onLine ? "kept" : "away");
  });
  form.addEventListener("submit", (event) => {
    const now = read(key);
    if (navigator.onLine) {
      if (now) write(key, { ...now, sent: true });
      return;
    }
    event.preventDefault();
    say("away");
  });
  addEventListener("offline", () => say("away"));
  addEventListener("online", () => read(key) && say("back"));
}

function valueOf(field) {
  return field.type === "checkbox" ? String(field.checked) : field.value;
}

function put(field, value) {
  if (value === undefined) return;
  if (field.type === "checkbox") field.checked = value === "true";
  else field.value = value;
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    if (kept && Date.now() - kept.at < SEVEN_DAYS) return kept;
    localStorage.removeItem(key);
  } catch {
    // Unreadable or forbidden: as if there were none.
  }
  return null;
}

function write(key, kept) {
  try {
    localStorage.setItem(key, JSON.stringify({ ...kept, at: Date.now() }));
  } catch {
    // A full or forbidden store: the form works without it.
  }
}

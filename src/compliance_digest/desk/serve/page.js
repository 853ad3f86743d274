// What `digest serve` adds to every page: it reloads the page when the site was built again, and shows what is wrong.
{
  const PLACE = "/.digest/serve/";
  const KEPT = "digest-serve"; // in the session storage: where the page was before it was reloaded
  const LATE = ["/search/", "/actions/"]; // pages that load what is made after all pages: the index, and data

  const { nonce, dataset: own } = document.currentScript;
  const overlay = document.createElement("div");
  const dialog = document.createElement("dialog");
  let source;
  let shown = ""; // the news that the overlay shows, or that were put away

  // Reloading

  function reload() {
    sessionStorage.setItem(KEPT, JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
  }

  function goBack() {
    const [path, x, y] = JSON.parse(sessionStorage.getItem(KEPT) ?? "[]");
    if (path === location.pathname) scrollTo({ left: x, top: y, behavior: "instant" });
  }

  function isOld({ build, late }) {
    return build !== own.build || (LATE.includes(location.pathname) && String(late) !== own.late);
  }

  // What is wrong

  function element(name, kind, text) {
    const made = document.createElement(name);
    if (kind) made.className = kind;
    made.textContent = text;
    return made;
  }

  function counted(problems) {
    return ["error", "warning"]
      .map((name) => [problems.filter(({ severity }) => severity === name).length, name])
      .filter(([number]) => number)
      .map(([number, name]) => `${number} ${name}${number === 1 ? "" : "s"}`)
      .join(", ");
  }

  function item({ file, line, column, severity, code, message, hint }) {
    const made = element("li", severity, "");
    const said = element("p", "message", "");
    said.append(element("span", "severity", severity), ": ", message);
    made.append(element("p", "place", [file, line, column].filter(Boolean).join(":")), said);
    if (hint) made.append(element("p", "hint", hint));
    made.append(element("p", "code", code));
    return made;
  }

  function show({ build, message, problems }) {
    const heading = element("h2", "", problems.length ? counted(problems) : "The site can’t be built");
    const list = document.createElement("ul");
    const button = element("button", "", "Hide");
    heading.id = "heading";
    heading.tabIndex = -1;
    heading.autofocus = true; // so that the message is read first, and not the button
    button.addEventListener("click", () => dialog.close());
    list.append(...problems.map(item));
    if (!problems.length) list.append(element("li", "", message));
    const kept = build ? "The page beneath is the last that could be built. " : "";
    dialog.replaceChildren(heading, list, element("p", "what", `${kept}This goes away when it is mended.`), button);
    if (!dialog.open) dialog.showModal();
  }

  function hear({ data }) {
    const news = JSON.parse(data);
    if (isOld(news)) {
      reload();
    } else if (!news.message) {
      shown = "";
      dialog.close();
    } else if (data !== shown) {
      shown = data;
      show(news);
    }
  }

  // Listening: only while the page can be seen, for browsers open few connections to one server

  function listen() {
    source?.close();
    if (document.hidden) return;
    source = new EventSource(`${PLACE}events`);
    source.addEventListener("message", hear);
  }

  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = `${PLACE}overlay.css`;
  style.nonce = nonce;
  dialog.setAttribute("aria-labelledby", "heading");
  overlay.attachShadow({ mode: "open" }).append(style, dialog);
  document.documentElement.append(overlay);

  goBack();
  addEventListener("load", () => {
    goBack(); // images may have come since
    sessionStorage.removeItem(KEPT);
  });
  document.addEventListener("visibilitychange", listen);
  listen();
}

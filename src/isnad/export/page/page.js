"use strict";
// Point at an event: its words light up in the text; at a word: its events.  Click or Enter pins.
const root = document.documentElement;
const cardOf = (node) => node.closest(".card");
const idsOf = (node) => (node.matches(".card") ? [node.dataset.e] : (node.dataset.e || "").split(" "));
function show(doc, ids, state) {
  doc.classList.remove("pointed");
  doc.classList.toggle(state, ids.length > 0);
  for (const node of doc.querySelectorAll("[data-e]")) {
    node.classList.toggle("on", idsOf(node).some((id) => ids.includes(id)));
  }
}
const pinnedIn = (doc) => (doc.dataset.pinned ? doc.dataset.pinned.split(" ") : []);
function target(event) {
  if (event.target.closest("a, summary, details")) return null;
  return event.target.closest("mark[data-e]") || cardOf(event.target);
}
function pin(node) {
  const doc = node.closest(".doc");
  const ids = idsOf(node).join(" ");
  const off = doc.dataset.pinned === ids;
  doc.dataset.pinned = off ? "" : ids;
  show(doc, pinnedIn(doc), "pinned");
  if (off) return;
  const other = node.matches(".card") ? "mark.trigger.on" : ".card.on";
  const found = doc.querySelector(other) || doc.querySelector("mark.on");
  if (found) found.scrollIntoView({ block: "nearest", behavior: "smooth" });
}
document.addEventListener("click", (event) => { const node = target(event); if (node) pin(node); });
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches(".card")) pin(event.target);
});
document.addEventListener("mouseover", (event) => {
  const node = event.target.closest("mark[data-e], .card");
  if (!node) return;
  const doc = node.closest(".doc");
  if (!doc.dataset.pinned) show(doc, idsOf(node), "pointed");
});
document.addEventListener("mouseout", (event) => {
  const node = event.target.closest("mark[data-e], .card");
  if (node && !node.closest(".doc").dataset.pinned) show(node.closest(".doc"), [], "pointed");
});
document.getElementById("theme").addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
});

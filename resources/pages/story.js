"use strict";
(() => {
  const pages = [...document.querySelectorAll("main > section")];
  const lastStep = pages.filter((page) => page.dataset.step).length - 1;
  const part = (id) => document.getElementById(id);
  const sealed = (page) => page.querySelector("template");
  let at = 0;
  let touched = null;

  function tell() {
    const page = pages[at];
    const hidden = sealed(page);
    part("where").textContent = page.dataset.where;
    part("said").textContent = `${page.dataset.said} ${page.dataset.note}`;
    part("note").textContent = page.dataset.note;
    part("reveal").hidden = !hidden;
    part("back").setAttribute("aria-disabled", String(at === 0));
    part("next").setAttribute("aria-disabled", String(at === pages.length - 1 && !hidden));
  }

  function show(number) {
    at = Math.max(0, Math.min(number, pages.length - 1));
    pages.forEach((page, place) => { page.hidden = place !== at; });
    tell();
    window.scrollTo(0, 0);
    if (location.hash.slice(1) !== pages[at].id) {
      location.hash = pages[at].id;
    }
    return true;
  }

  function reveal() {
    const hidden = sealed(pages[at]);
    if (!hidden) {
      return false;
    }
    const packed = atob(hidden.content.textContent.trim());
    const words = new TextDecoder().decode(Uint8Array.from(packed, (letter) => letter.charCodeAt(0)));
    const read = new DOMParser().parseFromString(words, "text/html");
    pages[at].replaceChildren(...read.body.childNodes);
    tell();
    part("said").textContent = pages[at].querySelector(".answers").textContent;
    return true;
  }

  const next = () => reveal() || (at < pages.length - 1 && show(at + 1));
  const back = () => at > 0 && show(at - 1);
  const fits = () => document.documentElement.scrollHeight <= window.innerHeight + 1;
  const keys = {
    PageDown: next, ArrowRight: next, " ": next, Enter: next, PageUp: back, ArrowLeft: back, Backspace: back,
    ArrowDown: () => fits() && next(), ArrowUp: () => fits() && back(),
    Home: () => show(0), End: () => show(lastStep),
  };

  document.addEventListener("keydown", (event) => {
    const presses = event.target.closest("button") && (event.key === " " || event.key === "Enter");
    if (event.altKey || event.ctrlKey || event.metaKey || presses || !Object.hasOwn(keys, event.key)) {
      return;
    }
    const move = event.key === " " && event.shiftKey ? back : keys[event.key];
    if (move()) {
      event.preventDefault();
    }
  });

  document.addEventListener("touchstart", (event) => {
    const one = event.touches.length === 1 && !event.target.closest("nav");
    const isNear = window.visualViewport && window.visualViewport.scale > 1.05;
    touched = one && !isNear ? { x: event.touches[0].clientX, y: event.touches[0].clientY } : null;
  }, { passive: true });

  document.addEventListener("touchend", (event) => {
    if (!touched || event.touches.length) {
      return;
    }
    const end = event.changedTouches[0];
    const [along, down] = [end.clientX - touched.x, end.clientY - touched.y];
    const zone = end.clientX / window.innerWidth;
    touched = null;
    if (Math.abs(along) > 40 && Math.abs(along) > 1.5 * Math.abs(down)) {
      (along < 0 ? next : back)();
    } else if (Math.hypot(along, down) < 10 && pages[at].dataset.step) {
      if (zone < 0.3) {
        back();
      } else if (zone > 0.7) {
        next();
      }
    }
  }, { passive: true });

  part("next").addEventListener("click", next);
  part("back").addEventListener("click", back);
  part("reveal").addEventListener("click", reveal);
  part("last").addEventListener("click", () => show(pages.length - 1));
  const addressed = () => Math.max(0, pages.findIndex((page) => page.id === location.hash.slice(1)));
  window.addEventListener("hashchange", () => addressed() !== at && show(addressed()));
  document.documentElement.classList.add("stepping");
  show(addressed());
})();

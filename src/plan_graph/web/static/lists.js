// A choice in a form of filters takes effect at once; without this, the button does it.
for (const form of document.querySelectorAll("form[data-facets]")) {
  form.addEventListener("change", (event) => {
    if (event.target.matches('input[type="checkbox"], select')) form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    for (const field of form.elements) {
      const idle = field.name && !field.value.trim();
      if (idle || (field.name === "sort" && field.selectedIndex === 0)) field.disabled = true; // short addresses
    }
  });
}
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form[data-facets] :disabled")) field.disabled = false;
});

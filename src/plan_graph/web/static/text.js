// An address from elsewhere may name a character (#char-123) that is in another part of a long text.
const name = /^#char-(\d+)$/.exec(location.hash);
if (name && document.querySelector(".parts") && !document.getElementById(name[0].slice(1))) {
  const there = new URL(location.href);
  if (there.searchParams.get("at") !== name[1]) {
    there.searchParams.delete("part");
    there.searchParams.set("at", name[1]);
    location.replace(there);
  }
}

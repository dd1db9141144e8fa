// Looks through the stories of a mirror. Runs from a folder as well as from a host, and asks nobody.
(function () {
  "use strict";
  var up = document.currentScript.dataset.up;
  var marks = /[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c-\u200f\u202a-\u202e\u2066-\u2069]/g;
  function fold(text) {
    return text
      .normalize("NFKC")
      .toLowerCase()
      .replace(marks, "")
      .replace(/[\u0622\u0623\u0625\u0671]/g, "\u0627")
      .replace(/\u0649|\u06cc/g, "\u064a")
      .replace(/\u0629/g, "\u0647")
      .replace(/\u0624/g, "\u0648")
      .replace(/\u0626/g, "\u064a")
      .replace(/\u06a9/g, "\u0643")
      .replace(/[\u0660-\u0669]/g, function (d) { return String(d.charCodeAt(0) - 0x660); })
      .replace(/[\u06f0-\u06f9]/g, function (d) { return String(d.charCodeAt(0) - 0x6f0); })
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "");
  }
  // The article and one particle before it do not matter.
  function bare(word) {
    var cut = word.replace(/^[\u0648\u0641\u0628\u0643]?(\u0627\u0644|\u0644\u0644)/, "");
    return cut.length > 2 ? cut : word;
  }
  function words(text) {
    return fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean).map(bare);
  }
  var asked = new URLSearchParams(location.search).get("q") || "";
  var field = document.getElementById("q");
  if (field) { field.value = asked; }
  var wanted = words(asked);
  if (!wanted.length) { return; }
  var found = window.midadStories
    .map(function (story) {
      var heading = words(story[1]);
      var about = words(story[2]);
      var points = 0;
      for (var i = 0; i < wanted.length; i++) {
        var begins = function (word) { return word.indexOf(wanted[i]) === 0; };
        if (heading.some(begins)) { points += 3; } else if (about.some(begins)) { points += 1; } else { return null; }
      }
      return { story: story, points: points };
    })
    .filter(Boolean)
    .sort(function (a, b) { return b.points - a.points || (a.story[3] < b.story[3] ? 1 : -1); })
    .slice(0, 100);
  var list = document.createElement("ol");
  list.className = "found-list";
  found.forEach(function (one) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    link.href = up + one.story[0].split("/").map(encodeURIComponent).join("/");
    link.textContent = one.story[1];
    link.dir = "auto";
    var about = document.createElement("p");
    about.textContent = one.story[2];
    about.dir = "auto";
    var day = document.createElement("time");
    day.dateTime = day.textContent = one.story[3];
    item.append(link, about, day);
    list.append(item);
  });
  var said = document.createElement("p");
  said.setAttribute("role", "status");
  said.textContent = found.length ? window.midadSaid.found : window.midadSaid.none;
  var main = document.querySelector("main");
  main.append(said, list);
})();

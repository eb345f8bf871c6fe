"use strict";
// The language of the list of reports.

document.getElementById("language").addEventListener("click", () => {
  const root = document.documentElement;
  const isEnglish = root.dataset.language === "en";
  root.dataset.language = isEnglish ? "zh" : "en";
  root.lang = isEnglish ? "zh-CN" : "en";
});

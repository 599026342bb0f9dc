// Everything a page of a running quiz needs. On a prepared site this is one file.
import "./countdown.js";
import "./autosave.js";
import "./count_words.js";

// The example for VuePress 1, whose webpack reads neither exports nor private fields: an article in markdown with
// an element and a frame in it.
import { test } from "../../e2e/fixtures.ts";
import { elsewhere } from "../elsewhere.ts";
import { showsArticle } from "./see.ts";

test.use({ folder: elsewhere("vuepress1/docs/.vuepress/dist") });

test("the article has the element, and the frame its page", ({ driver }) => showsArticle(driver));

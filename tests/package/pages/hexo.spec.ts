// The example for Hexo, whose templates would read what lies in source/: an article in markdown with an
// element and a frame in it.
import { test } from "../../e2e/fixtures.ts";
import { elsewhere } from "../elsewhere.ts";
import { showsArticle } from "./see.ts";

test.use({ folder: elsewhere("hexo/public") });

test("the article has the element, and the frame its page", ({ driver }) => showsArticle(driver));

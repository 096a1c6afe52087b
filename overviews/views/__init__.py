"""Pages composed of several rooms: start pages, lists, the pages of pupils, supporters and schools."""

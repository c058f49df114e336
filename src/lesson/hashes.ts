/**
 * The state at which each step is entered, step by step, as `History.hash` gives it: the same in Node and in every
 * browser. `headless lessons --check` says what it finds instead.
 */
export const entryHashes: Readonly<Record<string, readonly string[]>> = {
  electing: ["5a4ebc4614283c6a", "c8779810a1f825b7", "0a20bc3e1bfe5101", "f0b3259ec9773642", "daa61ffc2ace93d1"],
  "split-votes": [
    "a991e96beb0b61b3",
    "09618221e7840c8e",
    "6911c98e4104c052",
    "d50fb21099efff18",
    "d40a26d15d2bb6ac",
    "cea610b053dab83e",
  ],
  replicating: ["f71f1f3e1b27ed39", "dc58a5fe1a1e674c", "df5e81c17fb97e7d", "90eaa60f15a5db25", "384d533eb7df371f"],
  partitions: ["bb40de9a48be61e0", "f6374b558186139e", "58baed350e13aa4b", "0e04e79b92298005"],
  repairing: ["e151dfc305e11c48", "b0934fe171ea73d7", "ea8ddb5ecfc3cb06", "61827d32dbf77e18"],
  "who-may-lead": ["1cda5f048e5ed0e2", "164d5fbc2f42187f", "fa3600eab477b41d", "a8456eda1c2efeac", "164d5fbc2f42187f"],
  "figure-8": ["bab38ae6e8c4c578", "353ef20c79eefdf1", "4e12b46005db488a", "3d603747c92b31bb"],
  "deposed-leader": ["87999bb35a8a9539", "01b04063999cb116", "ebf570bd3339ad60", "ebf570bd3339ad60"],
  "on-disk": ["b8db7f18f8e6149f", "85493c952e7a8057", "336472d7c6cd3efe", "6b131b803bdcd33b"],
  snapshots: ["e97f5c384d723ca2", "c1fa6968f6e2eede", "7807120313c3ec66"],
  members: ["9544d4b14924438d", "e122c97e2a67e82f", "9544d4b14924438d", "9544d4b14924438d", "592f531854d67a0f"],
  removing: ["3c64293745e3c9b7", "ad3981bdd458b670", "7157a6d442b9c6a4", "3e484ebacbfe1e88", "3e484ebacbfe1e88"],
  disturbers: ["df4ff5de587a6f41", "01a5331dc20f5a07", "f0d2c90348bd74cd", "f0d2c90348bd74cd", "65740ce690ec213a"],
  "handing-over": ["33353e8be6101284", "33353e8be6101284", "ff3f11b8b23e98e7", "33353e8be6101284"],
  reading: ["aa205b1f3e02a1ac", "5b5054d4854a3c5f", "05c9be862cc5ddac", "796ae4a65b865d1b"],
  "exactly-once": ["eb81510260d5a0af", "a5af9049755ef98b", "dec2e39f40f6a699", "4a6f4db0c43d3aaa", "c6aafbb36d3e2466"],
  "whole-term": ["dad3694b6cce28ad", "bdb332da5cf5dc18", "641bce423f7fc451", "641bce423f7fc451", "b6456ffe2c7fde7e"],
};

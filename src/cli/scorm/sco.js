// Between the lessons and the learning management system that holds this page (SCORM 1.2, run-time environment, 3.3 and
// 3.4). The lessons know nothing of it: what they note on the device is told to the system, and what the system kept is
// noted on the device before they open. No answer is graded: the score is how much of the lessons was done.
(() => {
  const key = "driftwood-lessons";
  /** [[id, [step ids]]], in their order. */
  const lessons = JSON.parse(document.getElementById("lessons").textContent);
  const api = find(window) ?? (window.opener === null ? null : find(window.opener));
  const answers = ["-", "A", "B", "C", "D", "unsure"];

  api?.LMSInitialize("");
  const last = restore(api?.LMSGetValue("cmi.suspend_data") ?? "");
  document.querySelector("iframe").src = `page/index.html#lesson=${last.id}&step=${last.step}`;
  if (api !== null) {
    report();
    // The page inside is of the same origin: what it notes comes here as an event.
    window.addEventListener("storage", (event) => event.key === key && report());
    window.addEventListener("pagehide", finish);
  }

  /** The system's interface, in this window or one that holds it. */
  function find(from) {
    for (let [here, steps] = [from, 0]; steps < 20; here = here.parent, steps++) {
      try {
        if (here.API) return here.API;
      } catch {
        return null;
      }
      if (here.parent === here) return null;
    }
    return null;
  }

  function noted() {
    try {
      const known = JSON.parse(localStorage.getItem(key) ?? "");
      return typeof known.lessons === "object" ? known : null;
    } catch {
      return null;
    }
  }

  function report() {
    const known = noted() ?? { lessons: {}, last: null };
    const all = lessons.flatMap(([id, steps]) =>
      steps.map((step) => known.lessons[id]?.passed?.includes(step) ?? false),
    );
    const done = all.filter(Boolean).length;
    const open = lessons.find(([id]) => id === known.last)?.[0] ?? lessons[0][0];
    api.LMSSetValue("cmi.core.score.min", "0");
    api.LMSSetValue("cmi.core.score.max", "100");
    api.LMSSetValue("cmi.core.score.raw", String(Math.round((100 * done) / all.length)));
    api.LMSSetValue("cmi.core.lesson_status", done === all.length ? "completed" : "incomplete");
    api.LMSSetValue("cmi.core.lesson_location", `${open} ${known.lessons[open]?.step ?? 1}`);
    api.LMSSetValue("cmi.suspend_data", packed(known));
    api.LMSCommit("");
  }

  let finished = false;
  function finish() {
    if (finished) return;
    finished = true;
    report();
    api.LMSSetValue("cmi.core.exit", "suspend");
    api.LMSFinish("");
  }

  /** A line a lesson: its place, the step, what was passed and what was answered, a sign a step. 4,096 signs are allowed. */
  function packed(known) {
    return lessons
      .flatMap(([id, steps], place) => {
        const own = known.lessons[id];
        if (own === undefined) return [];
        const passed = steps.map((step) => (own.passed.includes(step) ? "1" : "0")).join("");
        const said = steps.map((step) => Math.max(0, answers.indexOf(own.answers[step] ?? "-"))).join("");
        return [`${place} ${own.step} ${passed} ${said}${known.last === id ? " *" : ""}`];
      })
      .join("\n");
  }

  /** What the system kept is noted, where the device knows nothing of these lessons; where to go on. */
  function restore(kept) {
    const known = noted() ?? { lessons: {}, last: null, now: null };
    for (const line of kept.split("\n")) {
      const [, place, step, passed, said, star] = /^(\d+) (\d+) ([01]+) ([0-5]+)( \*)?$/.exec(line) ?? [];
      const [id, steps] = lessons[Number(place ?? -1)] ?? [];
      if (id === undefined || known.lessons[id] !== undefined) continue;
      const own = { step: Number(step), passed: steps.filter((_, at) => passed[at] === "1"), answers: {} };
      steps.forEach((name, at) => {
        const answer = answers[Number(said[at] ?? 0)];
        if (answer !== undefined && answer !== "-") own.answers[name] = answer;
      });
      known.lessons[id] = own;
      if (star !== undefined) known.last = id;
    }
    localStorage.setItem(key, JSON.stringify(known));
    const id = lessons.some(([each]) => each === known.last) ? known.last : lessons[0][0];
    const steps = lessons.find(([each]) => each === id)[1].length;
    return { id, step: Math.min(steps, Math.max(1, known.lessons[id]?.step ?? 1)) };
  }
})();

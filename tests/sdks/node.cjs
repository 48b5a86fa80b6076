// The SDKs of npm for servers: each sends "<sdk> Bought" of user-1 with PROPS, an hour ago where it lets one say when.
// Called with the folder of the packages, the source's address, its key and its id, and the collector's bare address.
const [folder, base, key, site, bare] = process.argv.slice(2);
const load = (name) => require(require.resolve(name, { paths: [folder] }));
const PROPS = { price: 1999, name: "龙井" };
const HOUR_AGO = new Date(Date.now() - 3600e3);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

const sdks = {
  async posthog() {
    const { PostHog } = load("posthog-node");
    const client = new PostHog(key, { host: base, flushAt: 20 });
    const more = { distinctId: "user-1", properties: PROPS, timestamp: HOUR_AGO };
    client.capture({ event: "posthog-node Bought", ...more });
    client.alias({ distinctId: "user-1", alias: "anon-1" });
    await client.shutdown();
  },
  async segment() {
    const { Analytics } = load("@segment/analytics-node");
    const client = new Analytics({ writeKey: key, host: base, path: "/v1/batch" });
    client.track({ userId: "user-1", event: "analytics-node Bought", properties: PROPS, timestamp: HOUR_AGO });
    client.identify({ userId: "user-1", traits: { plan: "a" } });
    await client.closeAndFlush();
  },
  async sensors() {
    const SensorsAnalytics = load("sa-sdk-node");
    const client = new SensorsAnalytics();
    client.submitTo(`${base}/sa?project=default`, { gzip: true, mode: "track" });
    client.track("user-1", "SaNodeBought", { ...PROPS, $time: HOUR_AGO });
    await wait(1500);
  },
  async umami() {
    const { Umami } = load("@umami/node");
    const client = new Umami({ websiteId: site, hostUrl: base });
    const answer = await client.send({ website: site, hostname: "localhost", url: "/a", name: "umami-node Bought", data: PROPS, id: "user-1" });
    const said = await answer.json();
    if (!said.cache) throw new Error(`umami was answered ${JSON.stringify(said)}`);
  },
  async countly() {
    const Countly = load("countly-sdk-nodejs");
    // It takes the port from behind the last colon, so its address can have no path.
    Countly.init({ app_key: key, device_id: "user-1", url: bare, interval: 300, storage_type: "memory" });
    Countly.add_event({ key: "countly Bought", count: 1, segmentation: PROPS });
    await wait(4000);
  },
};

(async () => {
  let failed = 0;
  for (const [name, run] of Object.entries(sdks)) {
    try { await run(); } catch (error) { failed = 1; console.error(name, error); }
  }
  process.exit(failed);
})();

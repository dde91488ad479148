// bun: `publish` to a topic that every socket subscribed to; the loop over them is native.
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: Number(process.argv[2]),
  fetch(request, server) {
    if (!server.upgrade(request)) return new Response("a websocket is wanted", { status: 400 });
  },
  websocket: {
    perMessageDeflate: false,
    open(socket) {
      socket.subscribe("all");
    },
    message() {},
  },
});
console.log("ready");
for await (const line of console) server.publish("all", "x".repeat(Number(line.split(" ")[1])));
process.exit(0);

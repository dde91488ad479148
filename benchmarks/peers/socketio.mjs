// socket.io under Node: `emit` to everybody, websocket transport only.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Server } from "socket.io";

const http = createServer();
const hub = new Server(http, { transports: ["websocket"], perMessageDeflate: false });
http.listen({ host: "127.0.0.1", port: Number(process.argv[2]), backlog: 4096 }, () => console.log("ready"));
createInterface({ input: process.stdin }).on("line", (line) => {
  hub.emit("development", "x".repeat(Number(line.split(" ")[1])));
}).on("close", () => process.exit(0));

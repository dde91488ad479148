// Node's ws: the loop over `clients` that its own documentation shows, without compression.
import { createInterface } from "node:readline";
import { WebSocket, WebSocketServer } from "ws";

const server = new WebSocketServer({ host: "127.0.0.1", port: Number(process.argv[2]), backlog: 4096 });
server.on("listening", () => console.log("ready"));
createInterface({ input: process.stdin }).on("line", (line) => {
  const text = "x".repeat(Number(line.split(" ")[1]));
  for (const client of server.clients) if (client.readyState === WebSocket.OPEN) client.send(text);
}).on("close", () => process.exit(0));

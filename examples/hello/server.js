const { createServer } = require("node:http");
const { setTimeout: pause } = require("node:timers/promises");
const { version } = require("./package.json");

const server = createServer(async (request, response) => {
    if (request.url === "/health") return response.end("ok\n");
    if (request.url !== "/stream") return response.end(`hello from ${version}\n`);
    for (let second = 1; second <= 5; second += 1) {
        response.write(`${second}\n`);
        await pause(1000);
    }
    response.end();
});
server.listen(process.env.PORT);
// Streams come to their end; then the process has nothing left to do.
process.on("SIGTERM", () => server.close());

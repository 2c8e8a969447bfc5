package org.dacite.engines;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * Stands between a client and a PostgreSQL server, and counts what the client says: messages by their type (manual,
 * "Message Formats"), and the times that it then waits for an answer, which are round trips. Any thread.
 */
public final class PostgresWire implements AutoCloseable {
    private final ServerSocket door;
    private final String host;
    private final int port;
    private final String url;
    private final Map<Character, Long> messages = new TreeMap<>();
    private long bytes;

    private PostgresWire(ServerSocket door, String url) {
        URI server = URI.create(url.substring("jdbc:".length()));
        this.door = door;
        this.host = server.getHost();
        this.port = server.getPort();
        this.url = url.replaceFirst("//[^/]+", "//localhost:" + door.getLocalPort()) + (url.contains("?") ? "&" : "?")
                + "sslmode=disable&gssEncMode=disable";
    }

    /** In front of the server of that URL. */
    public static PostgresWire before(String url) throws IOException {
        PostgresWire wire = new PostgresWire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), url);
        start(wire::listen, "accept");
        return wire;
    }

    /** The URL of the same place through this. */
    public String url() {
        return url;
    }

    /** How often a client waited for an answer: at each Query, Sync, CopyDone and CopyFail. */
    public synchronized long roundTrips() {
        return count('Q') + count('S') + count('c') + count('f');
    }

    /** How many statements were run: Execute and Query. */
    public synchronized long statements() {
        return count('E') + count('Q');
    }

    /** How many {@code COPY} streams were ended. */
    public synchronized long copies() {
        return count('c');
    }

    /** How many bytes the clients sent. */
    public synchronized long bytes() {
        return bytes;
    }

    private long count(char type) {
        return messages.getOrDefault(type, 0L);
    }

    private void listen() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket server = new Socket(host, port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                start(() -> pass(client, server), "client");
                start(() -> answer(server, client), "server");
            }
        } catch (IOException e) {
            // the door was closed
        }
    }

    /** What the client says, message by message; the first one has no type. */
    private void pass(Socket client, Socket server) {
        try (client;
                server) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = server.getOutputStream();
            for (int type = -1; ; type = in.readUnsignedByte()) {
                int length = in.readInt();
                byte[] message = new byte[length + (type < 0 ? 0 : 1)];
                int at = 0;
                if (type >= 0) {
                    message[at++] = (byte) type;
                }
                for (int shift = 24; shift >= 0; shift -= 8) {
                    message[at++] = (byte) (length >>> shift);
                }
                in.readFully(message, at, message.length - at);
                counted(type, message.length);
                out.write(message);
            }
        } catch (IOException e) {
            // one of them hung up
        }
    }

    private synchronized void counted(int type, int size) {
        if (type >= 0) {
            messages.merge((char) type, 1L, Long::sum);
        }
        bytes += size;
    }

    private static void answer(Socket server, Socket client) {
        try (server;
                client) {
            InputStream in = server.getInputStream();
            in.transferTo(client.getOutputStream());
        } catch (IOException e) {
            // one of them hung up
        }
    }

    private static void start(Runnable work, String name) {
        Thread thread = new Thread(work, "postgres-wire-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized String toString() {
        return messages + ", " + bytes + " bytes";
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

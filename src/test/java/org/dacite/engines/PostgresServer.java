package org.dacite.engines;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL server of this JVM's tests: started when first asked for, stopped when the JVM ends.
 *
 * <p>It is the server at {@code DACITE_TEST_POSTGRES} (a JDBC URL) when that is set; else a container where a Docker
 * engine answers; else the embedded server, which is a real one that Maven fetched.
 */
final class PostgresServer {
    private static final Path DOCKER_SOCKET = Path.of("/var/run/docker.sock");

    private PostgresServer() {}

    /** Where it is, user and password included. */
    static String jdbcUrl() {
        return Started.JDBC_URL;
    }

    /** The class loader's lock makes it one server, however many threads ask. */
    private static final class Started {
        static final String JDBC_URL = start();
    }

    private static String start() {
        String given = System.getenv("DACITE_TEST_POSTGRES");
        if (given != null && !given.isBlank()) {
            return given;
        }
        return dockerAnswers() ? startContainer() : startEmbedded();
    }

    private static boolean dockerAnswers() {
        if (System.getenv("DOCKER_HOST") != null) {
            return true;
        }
        if (!Files.exists(DOCKER_SOCKET)) {
            return false;
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(DOCKER_SOCKET));
            channel.write(StandardCharsets.US_ASCII.encode("GET /_ping HTTP/1.0\r\n\r\n"));
            ByteBuffer answer = ByteBuffer.allocate(64);
            channel.read(answer);
            return StandardCharsets.US_ASCII.decode(answer.flip()).toString().contains(" 200 ");
        } catch (IOException e) {
            return false;
        }
    }

    @SuppressWarnings("resource") // lives as long as the JVM; Testcontainers takes it away after that
    private static String startContainer() {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:" + Engine.POSTGRESQL_MAJOR);
        container.start();
        return container.getJdbcUrl() + "&user=" + container.getUsername() + "&password=" + container.getPassword();
    }

    /** Its files need not outlive a crash of the machine: what tests kill is clients. */
    @SuppressWarnings("resource") // lives as long as the JVM; its own shutdown hook stops it
    private static String startEmbedded() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .start()
                    .getJdbcUrl("postgres", "postgres");
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "expected a PostgreSQL server for the tests, got none: the embedded server did not start"
                            + (unshareRefused() ? " (as root it needs 'unshare -U', which is not permitted here)" : "")
                            + "; set DACITE_TEST_POSTGRES to the JDBC URL of a server, run as another user, or start Docker",
                    e);
        }
    }

    private static boolean unshareRefused() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return false;
        }
        try {
            Process probe = new ProcessBuilder("unshare", "-U", "true").start();
            return !probe.waitFor(5, TimeUnit.SECONDS) || probe.exitValue() != 0;
        } catch (IOException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

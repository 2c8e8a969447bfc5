package org.dacite.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dacite.context.Action;
import org.dacite.hashing.Digest;

/**
 * A file that actions are recorded in, one JSON object a line, each with its number: the next commit goes on where the last ended.
 * Open it before the commit: what it cannot take is then not committed, and as long as it is open no other process records in
 * it, so that its lines stand in the order of commits.
 */
final class ActionLog implements AutoCloseable {
    private final Path path;
    private final boolean isNew;
    private final RandomAccessFile file;
    private final Optional<ActionLine> last;

    private ActionLog(Path path, boolean isNew, RandomAccessFile file, Optional<ActionLine> last) {
        this.path = path;
        this.isNew = isNew;
        this.file = file;
        this.last = last;
    }

    /** Opens it, once nobody else has it open; its last line must be whole. */
    static ActionLog open(String name) {
        Path path = Path.of(name);
        boolean isNew = !Files.exists(path);
        try {
            RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
            try {
                file.getChannel().lock(); // until it is closed
                return new ActionLog(path, isNew, file, last(file, name));
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    /** Appends the actions of a commit; leaves out a checkout of the commit that the file ends with. */
    void append(List<Action> actions) {
        try {
            long number = last.map(ActionLine::number).orElse(0L);
            StringBuilder text = new StringBuilder();
            for (Action action : actions) {
                if (!isKnown(action, last)) {
                    text.append(new ActionLine(++number, action).text()).append('\n');
                }
            }
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            FileChannel channel = file.getChannel();
            channel.position(channel.size());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    private static UncheckedIOException unwritable(Path path, IOException e) {
        return new UncheckedIOException("expected to write the log of actions " + path, e);
    }

    /** Lets others record; of a file that was made for nothing, nothing stays. */
    @Override
    public void close() {
        try {
            boolean unused = isNew && file.length() == 0;
            file.close();
            if (unused) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    private static boolean isKnown(Action action, Optional<ActionLine> last) {
        Optional<Digest> end = last.map(ActionLine::action)
                .flatMap(each ->
                        each instanceof Action.Commit commit ? commit.expected().hash() : Optional.empty());
        return action instanceof Action.Checkout checkout
                && end.filter(checkout.hash()::equals).isPresent();
    }

    /** The last line of a file, which must be whole; none of an empty one. */
    private static Optional<ActionLine> last(RandomAccessFile file, String name) throws IOException {
        long end = file.length();
        if (end == 0) {
            return Optional.empty();
        }
        long start = end - 1;
        file.seek(start);
        if (file.read() != '\n') {
            throw new UsageException("expected a log of actions in '" + name
                    + "' whose last line is whole, got one that is" + " cut off; record into another file");
        }
        while (start > 0) {
            file.seek(start - 1);
            if (file.read() == '\n') {
                break;
            }
            start--;
        }
        byte[] line = new byte[(int) (end - 1 - start)];
        file.seek(start);
        file.readFully(line);
        return Optional.of(ActionLine.parse(new String(line, StandardCharsets.UTF_8), 0));
    }
}

package org.dacite.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dacite.context.Action;
import org.dacite.hashing.Digest;

/** A file that actions are recorded in, one JSON object a line, each with its number: the next commit goes on where the last ended. */
final class ActionLog {
    private ActionLog() {}

    /** Appends the actions of a commit; leaves out a checkout of the commit that the file ends with. */
    static void append(String file, List<Action> actions) {
        try (RandomAccessFile opened = new RandomAccessFile(Path.of(file).toFile(), "rw");
                FileChannel channel = opened.getChannel()) {
            channel.lock(); // until it is closed
            Optional<ActionLine> last = last(opened, file);
            long number = last.map(ActionLine::number).orElse(0L);
            StringBuilder text = new StringBuilder();
            for (Action action : actions) {
                if (!isKnown(action, last)) {
                    text.append(new ActionLine(++number, action).text()).append('\n');
                }
            }
            ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
            channel.position(channel.size());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException("expected to write the log of actions " + file, e);
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

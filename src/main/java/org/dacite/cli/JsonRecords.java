package org.dacite.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON objects, one a line; blank lines are passed over. The first names the columns; a later one must have those that
 * are used, and may have others only where the choice of columns leaves others out. Numbers stay as they are written.
 */
final class JsonRecords implements Records {
    private static final int MAX_CHARS = 1 << 27;

    private static final Pattern NAMED = Pattern.compile("(Duplicate field|Unrecognized token) '([^']*)'");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_CHARS)
                    .maxNumberLength(MAX_CHARS)
                    .build())
            .build();

    /** A member: its text when it is a string, else its compact JSON. */
    private record Cell(String text, boolean isString) {
        private String json() {
            if (!isString) {
                return text;
            }
            StringBuilder quoted = new StringBuilder();
            Json.quote(text, quoted);
            return quoted.toString();
        }
    }

    private final LineReader lines;
    private final Columns.Choice choice;
    private Columns columns;

    JsonRecords(Utf8Reader in, Columns.Choice choice) {
        this.lines = new LineReader(in);
        this.choice = choice;
    }

    @Override
    public Optional<Entry> next() {
        Optional<String> line = TsvRecords.next(lines);
        if (line.isEmpty() && columns == null) {
            throw new BadRecordException(1, "expected one JSON object a line, got a blank file");
        }
        return line.map(this::entry);
    }

    private Entry entry(String line) {
        long number = lines.number();
        Map<String, Cell> members = members(line, number);
        if (members.isEmpty()) {
            throw new BadRecordException(number, "expected a JSON object with members, got an empty one");
        }
        if (columns == null) {
            columns = choice.among(List.copyOf(members.keySet()), number);
        }
        List<Cell> cells = cells(members, number);
        Cell key = cells.get(columns.key());
        if (!key.isString && "{[tfn".indexOf(key.text.charAt(0)) >= 0) {
            throw new BadRecordException(
                    number,
                    "expected a string or a number in column '"
                            + columns.names().get(columns.key()) + "', got " + shortened(key.text));
        }
        String value = columns.value(i -> cells.get(i).text, i -> cells.get(i).json());
        return new Entry(number, key.text, value, null, columns.marks(i -> cells.get(i).text));
    }

    private List<Cell> cells(Map<String, Cell> members, long number) {
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < columns.names().size(); i++) {
            Cell cell = members.get(columns.names().get(i));
            if (cell == null && !columns.ignores(i)) {
                throw new BadRecordException(
                        number,
                        "expected a column '" + columns.names().get(i) + "', got the columns "
                                + String.join(", ", members.keySet()));
            }
            cells.add(cell);
        }
        if (choice.values().isEmpty()) {
            for (String name : members.keySet()) {
                if (!columns.names().contains(name)) {
                    throw new BadRecordException(
                            number,
                            "expected the columns " + String.join(", ", columns.names()) + ", got another, '" + name
                                    + "'; choose columns with --value");
                }
            }
        }
        return cells;
    }

    private static Map<String, Cell> members(String line, long number) {
        Map<String, Cell> members = new LinkedHashMap<>();
        try (JsonParser in = FACTORY.createParser(line)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new BadRecordException(number, "expected a JSON object, got " + shortened(line.strip()));
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                boolean isString = in.nextToken() == JsonToken.VALUE_STRING;
                members.put(name, new Cell(isString ? in.getText() : compact(in), isString));
            }
            if (in.nextToken() != null) {
                throw new BadRecordException(number, "expected one JSON object on the line, got more");
            }
            return members;
        } catch (JsonProcessingException e) {
            throw new BadRecordException(number, "expected a JSON object, got " + got(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What came, in plain words; the parser's own speak of its source and of tokens. */
    private static String got(JsonProcessingException error) {
        String message = error.getOriginalMessage();
        Matcher named = NAMED.matcher(message);
        if (named.lookingAt()) {
            return named.group(1).equals("Duplicate field")
                    ? "the member '" + named.group(2) + "' twice"
                    : "'" + shortened(named.group(2)) + "', which is no JSON";
        }
        if (message.startsWith("Unexpected end-of-input")) {
            return "one that is not ended on its line";
        }
        if (error.getLocation() == null) {
            return "one of too many arrays and objects in one another";
        }
        String what = "something that is no JSON";
        if (message.contains("numeric value")) {
            what = "a number that is not written as JSON has it";
        } else if (message.startsWith("Unrecognized character escape")) {
            what = "an escape that JSON has not";
        } else if (message.startsWith("Illegal unquoted character")) {
            what = "a control character that is not escaped";
        }
        return what + " about character " + error.getLocation().getColumnNr();
    }

    /** The value at which the parser stands, without blanks, its numbers as they are written. */
    private static String compact(JsonParser in) throws IOException {
        StringBuilder out = new StringBuilder();
        int depth = 0;
        JsonToken token = in.currentToken();
        while (true) {
            boolean ends = token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY;
            if (!ends && out.length() > 0 && "{[:".indexOf(out.charAt(out.length() - 1)) < 0) {
                out.append(',');
            }
            switch (token) {
                case FIELD_NAME -> {
                    Json.quote(in.currentName(), out);
                    out.append(':');
                }
                case VALUE_STRING -> Json.quote(in.getText(), out);
                default -> out.append(in.getText());
            }
            depth += token.isStructStart() ? 1 : ends ? -1 : 0;
            if (depth == 0) {
                return out.toString();
            }
            token = in.nextToken();
        }
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}

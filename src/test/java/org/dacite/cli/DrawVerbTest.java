package org.dacite.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.dacite.engines.Engine;
import org.dacite.engines.TestStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** draw: golden pictures, and what they say. -Ddacite.golden.write=true writes the golden ones anew: look at them. */
class DrawVerbTest {
    private static final Path GOLDEN = Path.of("src/test/resources/drawing");

    /** About what a letter of a picture takes. */
    private static final int LEAST_LETTER = 7;

    @TempDir
    private Path folder;

    private static Cli filled(TestStore place) {
        Cli cli = Cli.on(place.url());
        cli.run("put", "alice", "<10 & \"more\">", "bob", "7", "bobby", "8", "carol", "9", "--time", "0", "-m", "one")
                .done();
        cli.run("put", "bob", "a value that is longer than its box", "--time", "1", "-m", "two")
                .done();
        cli.run("put", "--tree", "names", "x", "1", "--time", "2", "-m", "three")
                .done();
        return cli;
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void drawsWhatItDrewBefore(Engine engine) throws Exception {
        try (TestStore place = engine.fresh()) {
            Cli cli = filled(place);
            golden(cli, "top.svg", "draw", "--at", "2");
            golden(cli, "way.svg", "draw", "bob", "bobo", "--at", "3", "--against", "2");
            golden(cli, "way.dot", "draw", "bob", "--at", "2", "--against", "1", "--format", "dot");
            golden(cli, "tree.svg", "draw", "--tree", "names", "--levels", "1");
            golden(cli, "narrow.svg", "draw", "alice", "--at", "2", "--against", "1");
        }
    }

    private static void golden(Cli cli, String name, String... args) throws Exception {
        String drawn = cli.run(args).done().out();
        if (Boolean.getBoolean("dacite.golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(GOLDEN.resolve(name), drawn);
        }
        assertEquals(Files.readString(GOLDEN.resolve(name)), drawn, name);
        if (name.endsWith(".svg")) {
            Document svg = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(drawn)));
            assertEquals(
                    "title",
                    svg.getDocumentElement()
                            .getElementsByTagName("title")
                            .item(0)
                            .getAttributes()
                            .getNamedItem("id")
                            .getNodeValue());
            textsStandInside(svg.getDocumentElement());
        }
    }

    private static void textsStandInside(Element svg) {
        NodeList texts = svg.getElementsByTagName("text");
        for (int i = 0; i < texts.getLength(); i++) {
            Element text = (Element) texts.item(i);
            int letters = text.getTextContent().length() * LEAST_LETTER;
            int x = Integer.parseInt(text.getAttribute("x"));
            int end = switch (text.getAttribute("text-anchor")) {
                case "end" -> x;
                case "middle" -> x + letters / 2;
                default -> x + letters;
            };
            assertTrue(end <= Integer.parseInt(svg.getAttribute("width")), text.getTextContent());
        }
    }

    @Test
    void tellsWhatIsSharedAndWhatIsNot() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place);
            // bob is changed: all on its way is new, and every box beside that way is shared
            String drawn =
                    cli.run("draw", "bob", "--at", "2", "--against", "1").done().out();
            assertEquals(4, count(drawn, "class=\"box new asked\""));
            assertEquals(3, count(drawn, "class=\"box shared\"") - 1); // one is in the legend
            assertEquals(
                    0,
                    count(cli.run("draw", "--at", "2", "--against", "2").done().out(), "class=\"box new\"") - 1);
            assertEquals(
                    0,
                    count(
                                    cli.run("draw", "--tree", "names", "--against", "1")
                                            .done()
                                            .out(),
                                    "class=\"box shared\"")
                            - 1);
        }
    }

    private static int count(String text, String what) {
        return text.split(Pattern.quote(what), -1).length - 1;
    }

    @Test
    void aLargeTreeStaysASmallPicture() throws IOException {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = Cli.on(place.url());
            List<String> put = new ArrayList<>(List.of("put"));
            for (int i = 0; i < 600; i++) {
                put.add("key" + ((i * 7919) % 10007));
                put.add("v");
            }
            cli.run(put.toArray(String[]::new)).done();
            Path file = folder.resolve("top.svg");
            assertEquals(
                    "",
                    cli.run("draw", "--levels", "7", "-o", file.toString())
                            .done()
                            .out());
            assertTrue(Files.size(file) < 200_000, "has " + Files.size(file) + " bytes");
        }
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        try (TestStore place = Engine.SQLITE.fresh()) {
            Cli cli = filled(place);
            assertEquals(
                    "expected 1 to 7 levels, got 8",
                    cli.run("draw", "--levels", "8").refusal(ExitCode.MISUSE));
            assertEquals(
                    "expected --format svg or dot, got 'png'",
                    cli.run("draw", "--format", "png").refusal(ExitCode.MISUSE));
            assertEquals(
                    "expected a tree at 'no', found none",
                    cli.run("draw", "--tree", "no").refusal(ExitCode.NO));
            assertEquals(
                    "expected keys, whose whole way is drawn, or --levels of the top, got both",
                    cli.run("draw", "bob", "--levels", "2").refusal(ExitCode.MISUSE));
        }
    }
}

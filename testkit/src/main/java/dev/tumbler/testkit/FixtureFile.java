package dev.tumbler.testkit;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.tumbler.emulator.rds.RdsEngine;
import dev.tumbler.emulator.rotation.RotationStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads fixtures from JSON: an array for each annotation, its elements named like the annotation's. */
final class FixtureFile {
    private final List<Fixture> fixtures = new ArrayList<>();
    private final String source;

    private FixtureFile(String source) {
        this.source = source;
    }

    static List<Fixture> read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("The fixtures " + file + " cannot be read", e);
        }
    }

    /** @param source for messages, which never hold a value */
    static List<Fixture> parse(String json, String source) {
        FixtureFile file = new FixtureFile(source);
        JsonElement root;
        try {
            root = JsonParser.parseString(json);
        } catch (JsonParseException e) {
            // Without the cause, whose message can quote a value.
            throw file.wrong("it", "be JSON");
        }
        if (!(root instanceof JsonObject document)) {
            throw file.wrong("it", "be a JSON object");
        }
        for (String name : document.keySet()) {
            if (!Set.of("frozenClock", "dbInstances", "genericSecrets", "rdsSecrets", "accessKeys")
                    .contains(name)) {
                throw file.wrong(
                        "\"" + name + "\"",
                        "be one of frozenClock, dbInstances, genericSecrets, rdsSecrets and accessKeys");
            }
        }
        if (document.has("frozenClock")) {
            file.fixtures.add(new Fixture.Clock(
                    Texts.instant(file.text(document.get("frozenClock"), "frozenClock"), "frozenClock of " + source)));
        }
        file.each(
                document,
                "dbInstances",
                item -> new Fixture.Instance(item.text("id"), item.of("engine", RdsEngine.POSTGRESQL)));
        file.each(
                document,
                "genericSecrets",
                item -> new Fixture.Generic(item.text("name"), item.text("value"), item.text("versionId", "v1")));
        file.each(
                document,
                "rdsSecrets",
                item -> new Fixture.Rds(
                        item.text("name"),
                        item.of("engine", RdsEngine.POSTGRESQL),
                        item.of("strategy", RotationStrategy.DUAL_ACCOUNT),
                        Texts.duration(item.text("rotateEvery", ""), item.where + ".rotateEvery of " + source),
                        item.text("account", "app"),
                        item.text("dbInstanceId", "rm-test")));
        file.each(
                document,
                "accessKeys",
                item -> new Fixture.Key(
                        item.text("id"), item.text("secret"), item.text("user", item.text("id")), item.json("policy")));
        return file.fixtures;
    }

    private void each(JsonObject document, String name, Function<Item, Fixture> reader) {
        if (!document.has(name)) {
            return;
        }
        if (!(document.get(name) instanceof JsonArray array)) {
            throw wrong(name, "be an array");
        }
        for (int i = 0; i < array.size(); i++) {
            String where = name + "[" + i + "]";
            if (!(array.get(i) instanceof JsonObject object)) {
                throw wrong(where, "be an object");
            }
            Item item = new Item(object, where);
            fixtures.add(reader.apply(item));
            item.requireAllRead();
        }
    }

    private String text(JsonElement element, String where) {
        if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString()) {
            throw wrong(where, "be a text");
        }
        return element.getAsString();
    }

    private IllegalArgumentException wrong(String what, String rule) {
        return new IllegalArgumentException("In the fixtures " + source + ", " + what + " must " + rule);
    }

    /** One element of an array. */
    private final class Item {
        private final JsonObject object;
        private final String where;
        private final Set<String> read = new HashSet<>();

        Item(JsonObject object, String where) {
            this.object = object;
            this.where = where;
        }

        String text(String name) {
            String value = text(name, "");
            if (value.isEmpty()) {
                throw wrong(where, "have " + name);
            }
            return value;
        }

        String text(String name, String fallback) {
            read.add(name);
            return object.has(name) ? FixtureFile.this.text(object.get(name), where + "." + name) : fallback;
        }

        String json(String name) {
            read.add(name);
            return object.has(name) ? object.get(name).toString() : "";
        }

        <E extends Enum<E>> E of(String name, E fallback) {
            String value = text(name, fallback.name());
            return Arrays.stream(fallback.getDeclaringClass().getEnumConstants())
                    .filter(constant -> constant.name().equals(value))
                    .findFirst()
                    .orElseThrow(() -> wrong(
                            where + "." + name,
                            "be one of "
                                    + Arrays.toString(
                                            fallback.getDeclaringClass().getEnumConstants())));
        }

        void requireAllRead() {
            for (String name : object.keySet()) {
                if (!read.contains(name)) {
                    throw wrong(where, "not have \"" + name + "\"");
                }
            }
        }
    }
}

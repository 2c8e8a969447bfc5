package org.dacite.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Files that a command reads. */
final class InputFile {
    private InputFile() {}

    /** The refusal of a file that could not be opened or read. */
    static UsageException unreadable(String file, IOException error) {
        if (error instanceof NoSuchFileException) {
            return new UsageException("expected a file at '" + file + "', found none", error);
        }
        if (isFolder(file)) {
            return new UsageException("expected a file at '" + file + "', found a folder", error);
        }
        if (error instanceof AccessDeniedException) {
            return new UsageException(
                    "expected a file that can be read at '" + file + "', but permission was denied", error);
        }
        return new UsageException(
                "expected to read the file '" + file + "', but that failed: " + error.getMessage(), error);
    }

    private static boolean isFolder(String file) {
        try {
            return Files.isDirectory(Path.of(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}

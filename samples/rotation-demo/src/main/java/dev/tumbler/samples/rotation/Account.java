package dev.tumbler.samples.rotation;

/** A database account and the password that it had at some time. */
record Account(String name, String password) {
    @Override
    public String toString() {
        return name;
    }
}

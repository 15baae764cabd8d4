/**
 * ApsaraDB RDS instances and their accounts: in memory, or a real database over JDBC.
 */
@NullMarked
package dev.tumbler.emulator.rds;

import org.jspecify.annotations.NullMarked;
